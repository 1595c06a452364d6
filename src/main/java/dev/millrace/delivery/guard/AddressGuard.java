package dev.millrace.delivery.guard;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Says which addresses may be reached: public ones, and those that the operator listed. */
public final class AddressGuard {
    private final List<Network> allowed;
    private final boolean loopback;

    /**
     * @param allowed networks such as {@code 10.1.0.0/16}
     * @param loopback whether this machine itself may be reached
     * @throws IllegalArgumentException for what is no network, with a sentence
     */
    public AddressGuard(List<String> allowed, boolean loopback) {
        this.allowed = allowed.stream().map(String::strip).map(Network::parse).toList();
        this.loopback = loopback;
    }

    /** Why this address must not be reached, for operators; empty when it may. */
    public Optional<String> refusal(InetAddress address) {
        return refusal(address, loopback);
    }

    private Optional<String> refusal(InetAddress address, boolean here) {
        Optional<InetAddress> wrapped = SpecialRanges.wrapped(address);
        if (SpecialRanges.isMetadata(address)
                || wrapped.filter(SpecialRanges::isMetadata).isPresent()) {
            return isListedAlone(wrapped.orElse(address)) ? Optional.empty() : refused(address, "a metadata address");
        }
        Optional<String> special = SpecialRanges.nameOf(address);
        if (special.isEmpty() || (here && address.isLoopbackAddress())) {
            return Optional.empty();
        }
        if (allowed.stream().noneMatch(network -> network.contains(address))) {
            return refused(address, special.get());
        }
        // A listed translator leads no further than its addresses would by themselves.
        return wrapped.flatMap(inner -> refusal(inner, false));
    }

    private boolean isListedAlone(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.isSingle() && network.contains(address));
    }

    private static Optional<String> refused(InetAddress address, String what) {
        return Optional.of(address.getHostAddress() + " is " + what + " and not in millrace.delivery.allow");
    }
}
