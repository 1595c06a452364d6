package dev.millrace.delivery.destination;

import dev.millrace.delivery.push.Letter;
import java.util.List;

/**
 * What requests look like.
 *
 * @param secrets as {@link dev.millrace.delivery.sign.SigningSecret#parse} reads them, the newest first; at most two
 * @param tls name of the TLS settings; null for the system's certificate authorities
 */
public record Wire(Letter.Format format, List<String> secrets, String tls) {
    public static final int MOST_SECRETS = 2;
    public static final int LONGEST_TLS = 128;
    public static final String SECRETS_RULE = "must have one secret, or two while receivers change over";
    public static final Wire DEFAULT = new Wire(Letter.Format.BINARY, List.of(), null);

    public Wire withSecrets(List<String> others) {
        return new Wire(format, others, tls);
    }

    /** Whether this node can sign: no key of it opens a secret that is locked. */
    public boolean locked() {
        return secrets.stream().anyMatch(Vault::isSealed);
    }

    /** Never shows the secrets. */
    @Override
    public String toString() {
        return "Wire[" + format + ", " + secrets.size() + " secrets, " + tls + "]";
    }
}
