package dev.millrace.delivery.guard;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Finds the addresses of a name. */
@FunctionalInterface
public interface NameResolution {
    /** All of them, at least one; fails with {@link java.net.UnknownHostException} when there are none. */
    CompletionStage<List<InetAddress>> resolve(String name);
}
