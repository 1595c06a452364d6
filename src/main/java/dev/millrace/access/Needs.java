package dev.millrace.access;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a caller of an endpoint needs. Every endpoint carries exactly one of these. */
public final class Needs {
    private Needs() {}

    /** {@link Role#VIEWER}. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Viewer {}

    /** {@link Role#SUBMITTER}. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Submitter {}

    /** {@link Role#VIEWER}, or {@link Role#SUBMITTER} for what it submitted itself: the endpoint sees to that. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Reader {}

    /** {@link Role#WORKER}. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Worker {}

    /** {@link Role#OPERATOR}. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Operator {}

    /** {@link Role#ADMIN}. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Admin {}
}
