package dev.millrace.delivery.destination;

import dev.millrace.access.KeptSecrets;
import dev.millrace.delivery.destination.DestinationStore.Written;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The door for destinations: to see them and to change them. */
@ApplicationScoped
public class Destinations implements KeptSecrets {
    private static final int TRIES = 10;

    private final DestinationStore store;
    private final List<Destination> configured;
    private final Vault vault;

    @Inject
    Destinations(DestinationStore store, ConfiguredDestinations configured, Vault vault) {
        this(store, configured.all(), vault);
    }

    /**
     * @param configured what the node's configuration says
     * @param vault seals secrets on their way to the store
     */
    public Destinations(DestinationStore store, List<Destination> configured, Vault vault) {
        this.store = store;
        this.configured = configured;
        this.vault = vault;
    }

    /** Keeps those of the configuration; what is the same already stays as it is. */
    public void applyConfiguration() {
        for (Destination wanted : configured) {
            boolean same = find(wanted.name())
                    .filter(present -> present.withVersion(0).equals(wanted))
                    .isPresent();
            if (!same) {
                put(wanted, DestinationStore.ANY);
            }
        }
    }

    /** Encrypts what lies in the store as it is, or under a key that is not the first any more. */
    public void lockSecrets() {
        for (Destination kept : store.list()) {
            boolean well = kept.wire().secrets().stream().allMatch(vault::isAsItShould);
            if (!well && !opened(kept).wire().locked()) {
                store.put(sealed(opened(kept)), kept.version());
            }
        }
    }

    @Override
    public int plain() {
        return count(store.list(), secret -> !Vault.isSealed(secret));
    }

    @Override
    public int locked() {
        return count(list(), Vault::isSealed);
    }

    private static int count(List<Destination> some, Predicate<String> which) {
        return (int) some.stream()
                .flatMap(destination -> destination.wire().secrets().stream())
                .filter(which)
                .count();
    }

    private Destination sealed(Destination destination) {
        return destination.withSecrets(secret -> vault.seal(secret, destination.name()));
    }

    private Destination opened(Destination destination) {
        return destination.withSecrets(kept -> vault.open(kept, destination.name()));
    }

    /** By name. */
    public List<Destination> list() {
        return store.list().stream().map(this::opened).toList();
    }

    /** Another one after any change. */
    public long revision() {
        return store.revision();
    }

    public Optional<Destination> find(String name) {
        return store.list().stream()
                .filter(destination -> destination.name().equals(name))
                .findFirst()
                .map(this::opened);
    }

    /**
     * @param expected see {@link DestinationStore#put}
     * @throws MillraceException {@code PRECONDITION_FAILED}, {@code QUEUE_FULL} at the limit
     */
    public Destination put(Destination destination, long expected) {
        return switch (store.put(sealed(destination), expected)) {
            case Written.Done done -> destination.withVersion(done.version());
            case Written.Full full ->
                throw new MillraceException(
                        ErrorCode.QUEUE_FULL,
                        "There are " + DestinationStore.LIMIT + " destinations already, and no room for more.");
            case Written.Stale stale -> throw stale(destination.name());
            case Written.NotFound none -> throw stale(destination.name());
        };
    }

    /**
     * Changes what is there, again when someone else was faster.
     *
     * @throws MillraceException {@code DESTINATION_NOT_FOUND}, and what the change throws
     */
    public Destination change(String name, UnaryOperator<Destination> change) {
        for (int i = 0; i < TRIES; i++) {
            Destination before = find(name).orElseThrow(() -> notFound(name));
            Destination after = change.apply(before);
            if (store.put(sealed(after), before.version()) instanceof Written.Done done) {
                return after.withVersion(done.version());
            }
        }
        throw stale(name);
    }

    /**
     * @param expected see {@link DestinationStore#remove}
     * @throws MillraceException {@code DESTINATION_NOT_FOUND}, {@code PRECONDITION_FAILED}
     */
    public void remove(String name, long expected) {
        switch (store.remove(name, expected)) {
            case Written.NotFound none -> throw notFound(name);
            case Written.Stale stale -> throw stale(name);
            default -> {}
        }
    }

    public static MillraceException notFound(String name) {
        return new MillraceException(ErrorCode.DESTINATION_NOT_FOUND, "There is no destination " + name + ".");
    }

    private static MillraceException stale(String name) {
        return new MillraceException(
                ErrorCode.PRECONDITION_FAILED,
                "Destination " + name + " is not the version that was asked for. Get it again and decide anew.");
    }
}
