package dev.millrace.worker;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The task type that a {@link TaskHandler} bean handles; one handler per type. */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER})
public @interface Handles {
    /** The type, as tasks name it. */
    String value();

    /** What running it takes. */
    @Nonbinding
    Effort effort() default Effort.WAITING;
}
