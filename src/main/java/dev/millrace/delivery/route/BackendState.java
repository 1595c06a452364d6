package dev.millrace.delivery.route;

import dev.millrace.delivery.balance.Candidate;
import dev.millrace.delivery.destination.Backend;
import dev.millrace.delivery.destination.BreakerPolicy;
import java.net.URI;
import java.time.Duration;

/** What this node knows of a backend. Not to be shared between threads; its route sees to that. */
final class BackendState implements Candidate {
    private static final double NANOS_PER_MILLI = 1e6;
    /** What was learned is forgotten in about this time. */
    private static final double MEMORY_NANOS = 10e9;

    private static final double QUICKLY = 0.3;
    private static final double SLOWLY = 0.05;
    private static final double ERROR_WEIGHT = 0.1;
    private static final long SLOW_START = 10_000_000_000L;
    private static final int NOES = 2;

    private Backend backend;
    private final URI target;
    private final Breaker breaker;
    private final Latencies latencies = new Latencies();
    private int inFlight;
    private double latency;
    private double errors;
    private long learnedAt;
    private long pausedUntil;
    private boolean paused;
    private int noes;
    private boolean returning;
    private long returnedAt;
    private long answered;
    private long failed;

    BackendState(Backend backend, BreakerPolicy policy) {
        this.backend = backend;
        this.target = URI.create(backend.url());
        this.breaker = new Breaker(policy);
    }

    Backend backend() {
        return backend;
    }

    void change(Backend to) {
        backend = to;
    }

    URI target() {
        return target;
    }

    Breaker breaker() {
        return breaker;
    }

    @Override
    public String id() {
        return backend.url();
    }

    @Override
    public int weight() {
        return backend.weight();
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public double latency() {
        return latency;
    }

    @Override
    public double errors() {
        return errors;
    }

    /** Whether it may get tasks at all, whatever its breaker says. */
    boolean isThere(long now) {
        return !backend.draining() && noes < NOES && !isPaused(now);
    }

    private boolean isPaused(long now) {
        paused = paused && pausedUntil - now > 0;
        return paused;
    }

    boolean isHealthy() {
        return noes < NOES;
    }

    /** It asked for time. */
    void pause(Duration pause, long now) {
        long until = now + pause.toNanos();
        if (!isPaused(now) || until - pausedUntil > 0) {
            pausedUntil = until;
        }
        paused = true;
    }

    /** What it said when it was asked whether it is well. */
    void checked(boolean well, long now) {
        if (well && noes >= NOES) {
            comeBack(now);
        }
        noes = well ? 0 : noes + 1;
    }

    private void comeBack(long now) {
        returning = true;
        returnedAt = now;
        latency = 0;
        errors = 0;
    }

    /** How much of its share it gets: all of it, but for the first seconds after it came back. */
    double share(long now) {
        if (!returning) {
            return 1;
        }
        double gone = (double) (now - returnedAt) / SLOW_START;
        returning = gone < 1;
        return Math.clamp(gone, 0.1, 1);
    }

    boolean begin(long now) {
        inFlight++;
        return breaker.begin(now);
    }

    void end() {
        inFlight--;
    }

    void succeeded(boolean probe, long taken, long now) {
        boolean out = breaker.state(now) == Breaker.State.HALF_OPEN;
        breaker.succeeded(probe, now);
        if (out && breaker.state(now) == Breaker.State.CLOSED) {
            comeBack(now);
        }
        learn(taken, false, now);
    }

    void failed(boolean probe, long taken, long now) {
        breaker.failed(probe, now);
        failed++;
        learn(taken, true, now);
    }

    /** For everybody to see, so only of what was answered: how soon there is no answer tells what the network looks like. */
    void timed(long taken) {
        latencies.add(taken);
    }

    /** Slower than it was counts at once, quicker little by little; a failure is never quick. */
    private void learn(long taken, boolean failure, long now) {
        answered++;
        double millis = failure ? Math.max(taken / NANOS_PER_MILLI, latency) : taken / NANOS_PER_MILLI;
        double gone = 1 - Math.exp(-Math.max(now - learnedAt, 0) / MEMORY_NANOS);
        double weight = millis > latency ? QUICKLY : Math.max(gone, SLOWLY);
        latency = latency == 0 ? millis : latency + weight * (millis - latency);
        errors += ERROR_WEIGHT * ((failure ? 1 : 0) - errors);
        learnedAt = now;
    }

    RouteView.BackendView view(long now) {
        return new RouteView.BackendView(
                backend,
                isHealthy(),
                isPaused(now),
                breaker.state(now).wire(),
                new RouteView.Figures(inFlight, answered, failed, latencies.spread(), share(now) * weight()));
    }
}
