package dev.millrace.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the environment names as a proxy, for everything without exception. It only counts who comes. */
final class Proxy implements AutoCloseable {
    private final ServerSocket server;
    private final AtomicInteger asked = new AtomicInteger();

    Proxy() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** As programs and the JVM know it. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (String name :
                List.of("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
            environment.put(name, "http://127.0.0.1:" + server.getLocalPort());
        }
        environment.put("no_proxy", "");
        environment.put("NO_PROXY", "");
        String options = "-Dhttp.nonProxyHosts= -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=%1$d"
                + " -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=%1$d";
        environment.put("JAVA_TOOL_OPTIONS", options.formatted(server.getLocalPort()));
        return environment;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                server.accept().close();
                asked.incrementAndGet();
            } catch (IOException e) {
                return;
            }
        }
    }

    int asked() {
        return asked.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
