package dev.millrace.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.millrace.api.DrainBody;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What AWS Lambda calls: runs the tasks there are, within the time that the invocation has. */
@Named("millrace")
public class Function implements RequestStreamHandler {
    private final Shift shift;
    private final HttpDoor door;

    Function(Shift shift, HttpDoor door) {
        this.shift = shift;
        this.door = door;
    }

    /** A failure is the invocation's, so that it is counted as one; over HTTP it is a problem document. */
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        byte[] answer =
                switch (Event.read(in.readAllBytes())) {
                    case Event.Direct direct ->
                        DrainBody.write(shift.work(direct.body(), Spell.of(context), Spell.UNBOUNDED));
                    case Event.Http http -> door.answer(http, Spell.of(context));
                };
        out.write(answer);
    }
}
