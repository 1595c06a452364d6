package dev.millrace.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls a handler as the runtime java25 does: by its name, once, in a process that has the function's files only. */
public final class Invoked {
    private Invoked() {}

    /**
     * @param args the handler as in a template, and an event
     */
    public static void main(String[] args) throws Exception {
        String type = args[0].substring(0, args[0].indexOf("::"));
        RequestStreamHandler handler = (RequestStreamHandler)
                Class.forName(type).getDeclaredConstructor().newInstance();
        byte[] event = args[1].getBytes(StandardCharsets.UTF_8);
        handler.handleRequest(new ByteArrayInputStream(event), System.out, new TimedContext(Duration.ofSeconds(60)));
        System.out.flush();
        System.exit(0);
    }
}
