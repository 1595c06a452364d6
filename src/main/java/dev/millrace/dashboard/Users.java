package dev.millrace.dashboard;

import dev.millrace.access.Credential;
import dev.millrace.access.KeyRing;
import dev.millrace.access.Role;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who may sign in. */
@Singleton
class Users {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,32}");

    private final Map<String, Known> known;
    private final boolean keys;

    /** @throws MillraceException with a sentence about the first user that is not well-formed */
    Users(DashboardConfig config, KeyRing ring) {
        Map<String, Known> read = new HashMap<>();
        config.users().forEach((name, user) -> read.put(name, known(name, user)));
        known = Map.copyOf(read);
        keys = !ring.isOpen();
    }

    /** Nobody has to sign in: there is neither a user nor an API key, and so the server listens on loopback only. */
    boolean open() {
        return known.isEmpty() && !keys;
    }

    /** Nobody can sign in. */
    boolean none() {
        return known.isEmpty();
    }

    /** Takes as long for an unknown name as for a wrong password. */
    Optional<Visitor> signIn(String name, String password) {
        Known user = known.get(name);
        boolean fits = (user == null ? PasswordHash.NOBODY : user.hash).fits(password);
        return fits && user != null ? Optional.of(user.visitor) : Optional.empty();
    }

    /** The user of that name as configured now. */
    Optional<Visitor> find(String name) {
        return Optional.ofNullable(known.get(name)).map(Known::visitor);
    }

    /** Changes whenever the user's password or role does; empty for an unknown name. */
    String stamp(String name) {
        Known user = known.get(name);
        return user == null ? "" : user.stamp;
    }

    private static Known known(String name, DashboardConfig.User user) {
        String key = "millrace.dashboard.users." + name;
        if (!NAME.matcher(name).matches()) {
            throw new MillraceException(
                    ErrorCode.INVALID_REQUEST, key + ": a user's name is 1 to 32 of A-Z a-z 0-9 . _ @ -.");
        }
        PasswordHash hash = PasswordHash.parse(user.passwordHash())
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.INVALID_REQUEST,
                        key + ".password-hash must be pbkdf2-sha256:ITERATIONS:SALT:HASH, with 100000 to 10000000"
                                + " iterations, and 8 to 64 bytes of salt and 32 of hash in hexadecimal digits."));
        Set<Role> roles = switch (user.role()) {
            case VIEWER -> Set.of(Role.VIEWER);
            case OPERATOR -> Set.of(Role.OPERATOR, Role.SUBMITTER);
            case ADMIN -> Set.of(Role.ADMIN);
        };
        return new Known(hash, new Visitor(name, new Credential("user:" + name, roles, null)), user.passwordHash());
    }

    private record Known(PasswordHash hash, Visitor visitor, String stamp) {}
}
