package dev.millrace.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Stands between a client and a server on this machine, and does to their connections what networks do. */
public final class TcpProxy implements AutoCloseable {
    private static final Semaphore NEVER = new Semaphore(0);

    /** How it treats what passes. */
    private sealed interface Way {
        /** As if it were not there, but for a delay. */
        record Pass(long millis) implements Way {}

        /** Takes connections and bytes, and passes nothing on, in either direction. */
        record Swallow() implements Way {}
    }

    private final int target;
    private final ServerSocket door;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile Way way = new Way.Pass(0);

    private TcpProxy(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    /** On a free loopback port, for a server on a loopback port. */
    public static TcpProxy before(int target) {
        try {
            return new TcpProxy(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    /** From now on everything passes. What was swallowed stays lost, and connections that lost something stay dead. */
    public void pass() {
        way = new Way.Pass(0);
    }

    /** From now on each piece of data waits so long, in both directions. */
    public void delay(long millis) {
        way = new Way.Pass(millis);
    }

    /** From now on nothing passes, though connections stay open and new ones are taken. */
    public void swallow() {
        way = new Way.Swallow();
    }

    /** Ends all connections with a reset; new ones are taken as before. */
    public int reset() {
        int ended = links.size();
        links.forEach(Link::reset);
        return ended;
    }

    /** Connections that are open now. */
    public int open() {
        return links.size();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reset();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
                links.add(link);
                link.start();
            } catch (IOException e) {
                // The proxy is closed, or the server is away: the client's connection ends with its socket.
            }
        }
    }

    private final class Link {
        private final Socket client;
        private final Socket server;
        /** A stream that lost something is not mended by passing on what follows. */
        private volatile boolean dead;

        Link(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void start() {
            Thread.ofVirtual().start(() -> pump(client, server));
            Thread.ofVirtual().start(() -> pump(server, client));
        }

        private void pump(Socket from, Socket to) {
            byte[] piece = new byte[16_384];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                    Way present = way;
                    dead |= present instanceof Way.Swallow;
                    if (!dead && present instanceof Way.Pass pass) {
                        NEVER.tryAcquire(pass.millis, TimeUnit.MILLISECONDS);
                        out.write(piece, 0, read);
                    }
                }
            } catch (IOException e) {
                // One side has ended; so does the other.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                links.remove(this);
            }
        }

        void reset() {
            try {
                client.setSoLinger(true, 0);
                client.close();
                server.close();
            } catch (IOException e) {
                // It was ending already.
            }
        }
    }
}
