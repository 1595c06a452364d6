package dev.millrace.dashboard;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Addresses of what the pages load; each says which content it is of, so that browsers may keep it. */
@Singleton
public class Assets {
    private static final String ROOT = "META-INF/resources";
    private static final String HTMX = "/webjars/htmx.org/2.0.7/dist/htmx.min.js";

    private final String css = addressed("/dashboard/app.css");
    private final String script = addressed("/dashboard/app.js");
    private final String live = addressed("/dashboard/live.js");
    private final String icon = addressed("/dashboard/icon.svg");
    private final String htmx = addressed(HTMX);

    public String css() {
        return css;
    }

    public String script() {
        return script;
    }

    public String live() {
        return live;
    }

    public String icon() {
        return icon;
    }

    public String htmx() {
        return htmx;
    }

    private static String addressed(String path) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(ROOT + path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not in the jar");
            }
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            return path + "?v=" + HexFormat.of().formatHex(hash, 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
