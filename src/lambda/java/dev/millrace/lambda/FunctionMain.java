package dev.millrace.lambda;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the native executable begins; on a JVM the platform calls {@link Function} by way of the extension. */
@QuarkusMain(name = "lambda")
public final class FunctionMain {
    private FunctionMain() {}

    public static void main(String[] args) {
        Quarkus.run(args);
    }
}
