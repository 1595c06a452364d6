package dev.millrace.delivery.guard;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Asks one DNS server, for IPv4 and IPv6 addresses. */
public final class DnsResolution implements NameResolution {
    private static final int PORT = 53;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final DnsClient client;

    /**
     * @param server IP, IP:PORT or [IPV6]:PORT
     * @throws IllegalArgumentException with a sentence
     */
    public DnsResolution(Vertx vertx, String server) {
        int colon = server.lastIndexOf(':');
        boolean alone = Literals.address(server).isPresent();
        String host = alone ? server : server.substring(0, Math.max(colon, 0)).replaceAll("^\\[|]$", "");
        String port = alone ? String.valueOf(PORT) : server.substring(colon + 1);
        if (Literals.address(host).isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            throw new IllegalArgumentException(
                    "millrace.delivery.dns must be an address such as 10.0.0.2 or 10.0.0.2:5353, not \"" + server
                            + "\"");
        }
        client = vertx.createDnsClient(new DnsClientOptions()
                .setHost(host)
                .setPort(Integer.parseInt(port))
                .setQueryTimeout(TIMEOUT.toMillis()));
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String name) {
        Future<List<String>> four = client.resolveA(name).otherwise(List.of());
        Future<List<String>> six = client.resolveAAAA(name).otherwise(List.of());
        return Future.all(four, six)
                .map(both -> addresses(four.result(), six.result()))
                .compose(found -> found.isEmpty()
                        ? Future.<List<InetAddress>>failedFuture(new UnknownHostException(name))
                        : Future.succeededFuture(found))
                .toCompletionStage();
    }

    private static List<InetAddress> addresses(List<String> four, List<String> six) {
        List<InetAddress> found = new ArrayList<>();
        four.forEach(text -> found.add(InetAddress.ofLiteral(text)));
        six.forEach(text -> found.add(InetAddress.ofLiteral(text)));
        return found;
    }
}
