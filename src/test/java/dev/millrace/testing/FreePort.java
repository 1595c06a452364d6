package dev.millrace.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Loopback ports for servers that are started later, perhaps by another process. What the system would choose may be taken
 * again before the server listens, by another test that runs beside; so each JVM has some of its own, below those
 * that the system chooses from, and goes through them in turn.
 */
public final class FreePort {
    private static final int FIRST = 10_000;
    private static final int BLOCK = 200;
    private static final int BLOCKS = 100;

    /** Of the JVM, whose class loaders have this class each. */
    private static final String TURN = "test.port.turn";

    private FreePort() {}

    public static int next() {
        int first = FIRST + (int) (ProcessHandle.current().pid() % BLOCKS) * BLOCK;
        for (int i = 0; i < BLOCK; i++) {
            int port = first + turn() % BLOCK;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("All ports from " + first + " to " + (first + BLOCK - 1) + " are taken");
    }

    /** Begins anywhere, since two JVMs may have the same ports after all. */
    private static int turn() {
        String begin = Long.toString(System.nanoTime() % BLOCK);
        Object turn = System.getProperties()
                .merge(TURN, begin, (last, _) -> Integer.toString(Integer.parseInt((String) last) + 1));
        return Integer.parseInt((String) turn);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
