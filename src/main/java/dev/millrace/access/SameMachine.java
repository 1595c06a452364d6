package dev.millrace.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Keeps web pages away from a server that is open to its own machine: a page of a foreign site may make the browser call
 * localhost, and may even give localhost a name of its own (DNS rebinding).
 */
public final class SameMachine {
    private SameMachine() {}

    /**
     * Why a request is refused, in one sentence; empty when it is not.
     *
     * @param host the Host header; null when there was none
     * @param origin null when there was none
     * @param fetchSite the Sec-Fetch-Site header; null when there was none
     */
    public static Optional<String> refusal(String host, String origin, String fetchSite) {
        if (!isLocal(host)) {
            return Optional.of("Without API keys this server answers to localhost, 127.0.0.1 and [::1] only.");
        }
        if (origin != null && !isLocalOrigin(origin)) {
            return Optional.of("Requests from web pages of other sites are refused.");
        }
        if ("cross-site".equalsIgnoreCase(fetchSite)) {
            return Optional.of("Cross-site requests are refused.");
        }
        return Optional.empty();
    }

    private static boolean isLocalOrigin(String origin) {
        try {
            URI uri = new URI(origin);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && isLocal(uri.getRawAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isLocal(String host) {
        if (host == null) {
            return false;
        }
        return isNamed(host, "localhost") || isNamed(host, "127.0.0.1") || isNamed(host, "[::1]");
    }

    /** The name itself, or with a port. */
    private static boolean isNamed(String host, String name) {
        int length = name.length();
        if (!host.regionMatches(true, 0, name, 0, length)) {
            return false;
        }
        if (host.length() == length) {
            return true;
        }
        if (host.charAt(length) != ':' || host.length() == length + 1 || host.length() > length + 6) {
            return false;
        }
        for (int i = length + 1; i < host.length(); i++) {
            if (host.charAt(i) < '0' || host.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
