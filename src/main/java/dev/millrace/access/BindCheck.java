package dev.millrace.access;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Refuses to open a server without keys to anybody but this machine. */
@Singleton
public class BindCheck {
    private final KeyRing keys;

    BindCheck(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * @param host the address that the server is to listen on
     * @return why it must not, in one sentence; empty when it may
     */
    public Optional<String> refusal(String host) {
        if (!keys.isOpen() || isLoopback(host)) {
            return Optional.empty();
        }
        return Optional.of(
                "Refusing to listen on " + host + " without an API key: anyone who reaches it could run tasks."
                        + " Configure millrace.access.keys.NAME.hash and .roles, or listen on 127.0.0.1.");
    }

    /** Whether only this machine reaches a server that listens on this address or name. */
    public static boolean isLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
