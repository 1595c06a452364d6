package dev.millrace.dashboard;

import dev.millrace.task.MillraceException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** One page as visitors of one kind see it: made once, however many look at it, and told to them when it changed. */
final class LiveTopic {
    /**
     * Which page, and what of its visitors makes a difference.
     *
     * @param visitor without a name: what may be done alone tells visitors apart
     * @param origin where the server is, as the browser called it
     */
    record Key(String address, Visitor visitor, String origin) {}

    private static final Logger LOG = Logger.getLogger(LiveTopic.class);
    /** What is different each time though nothing happened: the time of the page, and ages, which go on by themselves. */
    private static final Pattern TIME = Pattern.compile("data-now=\"[^\"]*\"|(?<=data-ago)[^>]*>[^<]*<");

    private static final int NOT_THERE = 404;
    private static final long BEAT_NANOS = Duration.ofSeconds(5).toNanos();

    private final Supplier<String> part;
    private final Set<LiveViewer> viewers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean making = new AtomicBoolean();
    /** Since the part was told last: whoever comes has seen an older one, perhaps. */
    private final AtomicBoolean joined = new AtomicBoolean();

    private String last;
    private long toldAt = System.nanoTime();

    /**
     * @param part makes the part as it is now
     */
    LiveTopic(Supplier<String> part) {
        this.part = part;
    }

    void join(LiveViewer viewer) {
        viewers.add(viewer);
        joined.set(true);
    }

    /** Whether nobody is left. */
    boolean leave(LiveViewer viewer) {
        viewers.remove(viewer);
        return viewers.isEmpty();
    }

    /** Whether the caller is to {@link #make} it now; false while somebody else is about to. */
    boolean claim() {
        return making.compareAndSet(false, true);
    }

    /** After a {@link #claim}: makes the part and tells what is new. While it cannot be made, nothing is said. */
    void make() {
        boolean toAll = joined.getAndSet(false);
        try {
            tell(part.get(), toAll);
            toAll = false;
        } catch (RuntimeException e) {
            notMade(e);
        } finally {
            if (toAll) {
                joined.set(true);
            }
            making.set(false);
        }
    }

    private void notMade(RuntimeException cause) {
        if (cause instanceof MillraceException problem && problem.code().status() == NOT_THERE) {
            viewers.forEach(viewer -> viewer.end(LiveEvent.GONE));
            return;
        }
        if (!MillraceException.isStoreAway(cause)) {
            LOG.error("A page could not be made anew", cause);
        }
        viewers.forEach(viewer -> viewer.send(LiveEvent.SILENCE));
    }

    private void tell(String html, boolean toAll) {
        String known = TIME.matcher(html).replaceAll("");
        long now = System.nanoTime();
        if (toAll || !known.equals(last)) {
            last = known;
            toldAt = now;
            String event = LiveEvent.part(html);
            viewers.forEach(viewer -> viewer.send(event));
        } else if (now - toldAt > BEAT_NANOS) {
            toldAt = now;
            viewers.forEach(viewer -> viewer.send(LiveEvent.BEAT));
        }
    }
}
