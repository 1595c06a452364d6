package dev.millrace.delivery.guard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A DNS server on loopback that says what the test tells it to, with a time to live of nothing. */
public final class DnsServer implements AutoCloseable {
    private static final int A = 1;
    private static final int AAAA = 28;

    private final DatagramSocket socket;
    private final Map<String, Queue<List<InetAddress>>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    public DnsServer() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::serve);
    }

    /** IP:PORT. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Each call answers one more lookup; the last answer stays. A name without any does not exist, {@code silent.} says nothing. */
    public DnsServer answer(String name, String... addresses) {
        answers.computeIfAbsent(name, _ -> new ArrayDeque<>())
                .add(List.of(addresses).stream().map(InetAddress::ofLiteral).toList());
        return this;
    }

    int asked() {
        return asked.get();
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket query = new DatagramPacket(buffer, buffer.length);
                socket.receive(query);
                byte[] reply = reply(ByteBuffer.wrap(buffer, 0, query.getLength()));
                if (reply.length > 0) {
                    socket.send(new DatagramPacket(reply, reply.length, query.getSocketAddress()));
                }
            } catch (IOException e) {
                socket.close();
            }
        }
    }

    private byte[] reply(ByteBuffer query) throws IOException {
        short id = query.getShort(0);
        query.position(12);
        List<String> labels = new ArrayList<>();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            labels.add(new String(label, StandardCharsets.US_ASCII));
        }
        int type = query.getShort();
        byte[] question = new byte[query.position() + 2 - 12];
        query.get(12, question);
        String name = String.join(".", labels);
        if (name.startsWith("silent.")) {
            return new byte[0];
        }
        return message(id, question, type, addresses(name, type));
    }

    /** One lookup asks for both kinds; the question for IPv4 moves on to the next answer. */
    private List<InetAddress> addresses(String name, int type) {
        Queue<List<InetAddress>> left = answers.get(name);
        if (left == null) {
            return null;
        }
        if (type == A) {
            asked.incrementAndGet();
        }
        return type == A && left.size() > 1 ? left.remove() : left.peek();
    }

    private static byte[] message(short id, byte[] question, int type, List<InetAddress> addresses) throws IOException {
        int size = type == A ? 4 : 16;
        List<InetAddress> fitting = addresses == null || (type != A && type != AAAA)
                ? List.of()
                : addresses.stream().filter(a -> a.getAddress().length == size).toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(12)
                .putShort(id)
                .putShort((short) (addresses == null ? 0x8183 : 0x8180))
                .putShort((short) 1)
                .putShort((short) fitting.size())
                .array());
        out.write(question);
        for (InetAddress address : fitting) {
            out.write(ByteBuffer.allocate(12)
                    .putShort((short) 0xC00C)
                    .putShort((short) type)
                    .putShort((short) 1)
                    .putInt(0)
                    .putShort((short) size)
                    .array());
            out.write(address.getAddress());
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
