package dev.millrace.testing;

import dev.millrace.cluster.NodeStore;
import dev.millrace.delivery.destination.DestinationStore;
import dev.millrace.delivery.route.AccountStore;
import dev.millrace.monitor.LogStore;
import dev.millrace.monitor.SeriesStore;
import dev.millrace.monitor.StoreCheck;
import dev.millrace.queue.Batch;
import dev.millrace.queue.QueueStore;
import dev.millrace.queue.Submitted;
import dev.millrace.queue.TaskStore;
import dev.millrace.storage.Storage;
import dev.millrace.task.ErrorCode;
import dev.millrace.task.MillraceException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Stands before the ports of a real store and keeps callers from it while it lasts. */
public final class Outage {
    /** So that a test that forgets to end it does not hang for ever. */
    private static final long LONGEST_SECONDS = 60;

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger answersToLose = new AtomicInteger();
    private volatile boolean down;
    private final AtomicInteger spared = new AtomicInteger();
    private volatile String toBreak;
    private volatile Limit limit;
    private volatile CountDownLatch hanging = new CountDownLatch(0);

    /** The same storage, its ports behind this outage. */
    public Storage around(Storage real) {
        return new Storage(
                before(TaskStore.class, real.tasks()),
                before(QueueStore.class, real.queues()),
                real.wakeups(),
                before(SeriesStore.class, real.series()),
                before(NodeStore.class, real.nodes()),
                before(DestinationStore.class, real.destinations()),
                before(AccountStore.class, real.accounts()),
                before(LogStore.class, real.logs()),
                before(StoreCheck.class, real.check()),
                real.backup(),
                real.standstill(),
                real.clock(),
                real.secret(),
                real.closer());
    }

    /** From now on nothing reaches the store. */
    public void goDown() {
        down = true;
    }

    /** The store will do what it is told next, but its answer is lost. */
    public void loseNextAnswer() {
        answersToLose.set(1);
    }

    /** After so many batches, and the answer to be lost, the store takes no more, and says so. */
    public void fullAfter(int batches) {
        limit = new Limit(batches, ErrorCode.STORE_FULL);
    }

    /** After so many batches the store takes what comes, but its answers are lost. */
    public void silentAfter(int batches) {
        limit = new Limit(batches, ErrorCode.STORE_UNAVAILABLE);
    }

    /** The store will do what the next call of this method asks, but then there is an error that no port tells of. */
    public void breakNext(String method) {
        breakAfter(method, 0);
    }

    /** The same of the call that comes after so many others of this method. */
    public void breakAfter(String method, int calls) {
        spared.set(calls);
        toBreak = method;
    }

    /** From now on there is no answer at all until {@link #comeBack}. */
    public void hang() {
        hanging = new CountDownLatch(1);
    }

    /** All is well again, and no call was made. */
    public void comeBack() {
        down = false;
        hanging.countDown();
        answersToLose.set(0);
        toBreak = null;
        limit = null;
        calls.clear();
    }

    /** How often a method of any port was called since the last {@link #comeBack}. */
    public long calls(String method) {
        return callers(method).size();
    }

    /** The threads that a method was called on, in order. */
    public List<Thread> callers(String method) {
        return calls.stream()
                .filter(call -> call.method.equals(method))
                .map(Call::thread)
                .toList();
    }

    /** What a thread called since the last {@link #comeBack}. */
    public Set<String> callsOf(Thread thread) {
        return calls.stream()
                .filter(call -> call.thread.equals(thread))
                .map(Call::method)
                .collect(Collectors.toSet());
    }

    private <T> T before(Class<T> port, T real) {
        Object proxy = Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (self, method, arguments) -> pass(real, method, arguments));
        return port.cast(proxy);
    }

    private Object pass(Object real, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("kind")) {
            // A store does not ask itself what it is.
            return invoke(real, method, arguments);
        }
        calls.add(new Call(method.getName(), Thread.currentThread()));
        try {
            awaitEndOfHanging();
            if (down) {
                throw unavailable("the store is down");
            }
            if (limit != null && answersToLose.get() == 0 && method.getName().equals("submit")) {
                return limit.submit((TaskStore) real, (List<?>) arguments[0], (Instant) arguments[1]);
            }
            Object answer = invoke(real, method, arguments);
            if (method.getName().equals(toBreak) && spared.getAndDecrement() <= 0) {
                toBreak = null;
                throw new IllegalStateException(method.getName() + " is broken");
            }
            if (answersToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw unavailable("the answer was lost");
            }
            return answer;
        } catch (MillraceException e) {
            return refused(method, arguments, e);
        }
    }

    /** Submissions are answered batch by batch. */
    private static Object refused(Method method, Object[] arguments, MillraceException why) {
        if (method.getName().equals("submit") && why.code() == ErrorCode.STORE_UNAVAILABLE) {
            return ((List<?>) arguments[0])
                    .stream().map(batch -> ((Batch) batch).notAnswered(why)).toList();
        }
        throw why;
    }

    private void awaitEndOfHanging() {
        try {
            if (!hanging.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw unavailable("nobody ended the outage");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted");
        }
    }

    private static Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static MillraceException unavailable(String sentence) {
        return new MillraceException(ErrorCode.STORE_UNAVAILABLE, sentence);
    }

    /** Where in a run of batches the store fails, which real ones do only by chance. */
    private static final class Limit {
        private final AtomicInteger left;
        private final ErrorCode then;

        private Limit(int batches, ErrorCode then) {
            this.left = new AtomicInteger(batches);
            this.then = then;
        }

        private List<List<Submitted>> submit(TaskStore real, List<?> batches, Instant now) {
            return batches.stream()
                    .map(batch -> submit(real, (Batch) batch, now))
                    .toList();
        }

        private List<Submitted> submit(TaskStore real, Batch batch, Instant now) {
            boolean fine = left.getAndDecrement() > 0;
            List<Submitted> told = fine || then == ErrorCode.STORE_UNAVAILABLE
                    ? real.submit(List.of(batch), now).getFirst()
                    : List.of();
            return fine ? told : batch.notAnswered(new MillraceException(then, "after the last batch of the test"));
        }
    }

    private record Call(String method, Thread thread) {}
}
