package dev.millrace.delivery.guard;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which URLs may be targets at all, before any name is looked up. */
public final class Targets {
    public static final int MAX_LENGTH = 2048;
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    /** What some read as an IPv4 address. */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    private final AddressGuard guard;
    private final List<PortRange> ports;

    private record PortRange(int first, int last) {}

    /**
     * @param ports such as {@code 443} and {@code 1024-65535}
     * @throws IllegalArgumentException for what are no ports, with a sentence
     */
    public Targets(AddressGuard guard, List<String> ports) {
        this.guard = guard;
        List<PortRange> ranges = new ArrayList<>();
        ports.forEach(text -> ranges.add(range(text.strip())));
        this.ports = List.copyOf(ranges);
    }

    private static PortRange range(String text) {
        var matcher = PORTS.matcher(text);
        if (matcher.matches()) {
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (first > 0 && first <= last && last <= 65535) {
                return new PortRange(first, last);
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is no port: write 443, or a range such as 1024-65535, within 1 to 65535");
    }

    /** Why this text cannot be a target, in words that follow its name; empty when it can. For operators. */
    public Optional<String> fault(String url) {
        return shapeFault(url).or(() -> fault(URI.create(url)));
    }

    /** Why this text is written wrongly; says nothing of what may be reached, so anybody may read it. */
    public Optional<String> shapeFault(String url) {
        if (url.length() > MAX_LENGTH) {
            return Optional.of("must not be longer than " + MAX_LENGTH + " characters");
        }
        try {
            return shapeFault(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.of("must be a URL");
        }
    }

    /** Why this URL cannot be a target, in words that follow its name; empty when it can. For operators. */
    public Optional<String> fault(URI url) {
        Optional<String> shape = shapeFault(url);
        if (shape.isPresent()) {
            return shape;
        }
        int port = port(url);
        if (ports.stream().noneMatch(range -> range.first() <= port && port <= range.last())) {
            return Optional.of("must not use port " + port + ", which is not in millrace.delivery.ports");
        }
        return literal(url).flatMap(guard::refusal).map(why -> "must not be reached: " + why);
    }

    private static Optional<String> shapeFault(URI url) {
        boolean known = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!known) {
            return Optional.of("must start with https:// or http://");
        }
        if (!url.toString().equals(url.toASCIIString())) {
            return Optional.of("must be ASCII: percent-encode what is not");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return Optional.of("must not hold a user name, a password or a fragment");
        }
        if (url.getHost() == null) {
            return Optional.of("must name a host of letters, digits, - and . (of other scripts, in punycode)");
        }
        return literal(url).isPresent() ? Optional.empty() : hostFault(url.getHost());
    }

    private static Optional<String> hostFault(String host) {
        if (host.startsWith("[")) {
            return Optional.of("must name an IPv6 address without a zone");
        }
        if (NUMERIC.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
            return Optional.of("must name an IPv4 address as four decimal numbers");
        }
        return NAME.matcher(host).matches()
                ? Optional.empty()
                : Optional.of("must name its host in lower case, without a dot at the end");
    }

    /** The address that the URL names itself; empty for a name. */
    static Optional<InetAddress> literal(URI url) {
        String host = url.getHost();
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return Literals.address(bracketed ? host.substring(1, host.length() - 1) : host);
    }

    /** The port, that of the scheme when none is named. */
    public static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? 443 : 80;
    }
}
