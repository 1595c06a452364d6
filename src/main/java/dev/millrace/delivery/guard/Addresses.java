package dev.millrace.delivery.guard;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Finds the addresses of a target and lets none through that must not be reached. Whoever connects, connects to the
 * addresses that come from here, and never looks the name up again: what was checked is what is reached.
 */
public final class Addresses {
    /** A name is looked up once for everybody who asks within this. */
    private static final long REMEMBERED = TimeUnit.SECONDS.toNanos(5);

    private static final int MOST_NAMES = 10_000;
    private static final int MOST_TRIED = 4;

    private final Targets targets;
    private final AddressGuard guard;
    private final NameResolution names;
    private final ConcurrentHashMap<URI, Checked> checked = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Found> found = new ConcurrentHashMap<>();

    /**
     * What a target's text says by itself, which never changes.
     *
     * @param fault null for none
     * @param literal null for a name
     */
    private record Checked(String fault, InetAddress literal) {}

    private record Found(CompletableFuture<List<InetAddress>> addresses, long askedAt) {
        boolean holds(long now) {
            return now - askedAt < REMEMBERED && !addresses.isCompletedExceptionally();
        }
    }

    public Addresses(Targets targets, AddressGuard guard, NameResolution names) {
        this.targets = targets;
        this.guard = guard;
        this.names = names;
    }

    /**
     * The addresses to try, in order, one to four. Fails with {@link Blocked} when the target or any of its addresses must
     * not be reached, and with {@link java.net.UnknownHostException} when there is none.
     */
    public CompletionStage<List<InetAddress>> of(URI target) {
        if (checked.size() >= MOST_NAMES) {
            checked.clear();
        }
        Checked text = checked.computeIfAbsent(target, this::check);
        if (text.fault() != null) {
            return CompletableFuture.failedFuture(new Blocked("The target " + text.fault()));
        }
        return text.literal() == null
                ? look(target.getHost())
                : CompletableFuture.completedFuture(List.of(text.literal()));
    }

    private Checked check(URI target) {
        Optional<String> fault = targets.fault(target);
        return fault.isPresent()
                ? new Checked(fault.get(), null)
                : new Checked(null, Targets.literal(target).orElse(null));
    }

    private CompletionStage<List<InetAddress>> look(String name) {
        long now = System.nanoTime();
        Found known = found.get(name);
        if (known != null && known.holds(now)) {
            return known.addresses();
        }
        if (found.size() >= MOST_NAMES) {
            found.clear();
        }
        Found fresh = new Found(new CompletableFuture<>(), now);
        Found raced = found.compute(name, (_, other) -> other != null && other.holds(now) ? other : fresh);
        if (raced == fresh) {
            names.resolve(name).whenComplete((addresses, failure) -> {
                if (failure == null) {
                    settle(fresh.addresses(), name, addresses);
                } else {
                    fresh.addresses().completeExceptionally(cause(failure));
                }
            });
        }
        return raced.addresses();
    }

    /** One bad address spoils them all: a name that leads inside and outside is a trick. */
    private void settle(CompletableFuture<List<InetAddress>> answer, String name, List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            Optional<String> refusal = guard.refusal(address);
            if (refusal.isPresent()) {
                answer.completeExceptionally(new Blocked(name + " leads to " + refusal.get()));
                return;
            }
        }
        answer.complete(List.copyOf(addresses.subList(0, Math.min(MOST_TRIED, addresses.size()))));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
