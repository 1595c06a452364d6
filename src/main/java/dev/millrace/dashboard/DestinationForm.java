package dev.millrace.dashboard;

import dev.millrace.delivery.destination.Balance;
import dev.millrace.delivery.destination.BreakerPolicy;
import dev.millrace.delivery.destination.Destination;
import dev.millrace.delivery.destination.HealthCheck;
import dev.millrace.delivery.destination.Limits;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A destination as a person fills it in: what is left empty means the default. Secrets are not for browsers. */
public final class DestinationForm {
    private static final List<FormField> LIMITS = List.of(
            new FormField("concurrency", "At once", "Deliveries under way, from each node.", "64"),
            new FormField("rate", "A second", "Deliveries, from each node.", "no limit"),
            new FormField("timeout", "Timeout", "Of one delivery, at most 12h.", "the task's"));
    private static final List<FormField> CHECKS = List.of(
            new FormField("checkPath", "Path", "Asked by GET; any 2xx is a yes.", "no checks"),
            new FormField("checkInterval", "Each", "1s to 1h.", "5s"),
            new FormField("checkTimeout", "Waits", "100ms to 1m.", "1s"));
    private static final List<FormField> BREAKER = List.of(
            new FormField("failures", "Failures", "So many open it, 1 to 1,000.", "5"),
            new FormField("window", "Within", "1s to 1h.", "30s"),
            new FormField("open", "Open for", "100ms to 1h.", "10s"),
            new FormField("probes", "Probes", "All have to go well, 1 to 100.", "3"));
    private static final List<FormField> WAYS = List.of(
            new FormField("sticky", "Sticky by label", "Same value, same backend.", "none"),
            new FormField("fallback", "Fallback", "Another destination that stands in.", "wait"));
    private static final List<FormField> PLACE = List.of(
            new FormField("name", "Name", "What tasks call it.", "hooks"),
            new FormField(
                    "url",
                    "First backend",
                    "Public, or allowed by millrace.delivery.allow.",
                    "https://example.org/tasks"));
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TENTH = Duration.ofMillis(100);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Filled filled = new Filled();

    private DestinationForm() {}

    static DestinationForm empty() {
        return new DestinationForm();
    }

    static DestinationForm of(Destination destination) {
        DestinationForm form = new DestinationForm();
        form.filled.show("balance", destination.balance().wire(), null);
        Limits limits = destination.limits();
        form.filled.show("concurrency", limits.concurrency(), Limits.USUAL_CONCURRENCY);
        form.filled.show("rate", limits.rate(), null);
        form.filled.show("timeout", QueueForm.text(limits.timeout()), null);
        HealthCheck check = destination.healthCheck();
        if (check != null) {
            form.filled.show("checkPath", check.path(), null);
            form.filled.show(
                    "checkInterval", QueueForm.text(check.interval()), QueueForm.text(HealthCheck.USUAL_INTERVAL));
            form.filled.show(
                    "checkTimeout", QueueForm.text(check.timeout()), QueueForm.text(HealthCheck.USUAL_TIMEOUT));
        }
        BreakerPolicy breaker = destination.breaker();
        BreakerPolicy usual = BreakerPolicy.DEFAULT;
        form.filled.show("failures", breaker.failures(), usual.failures());
        form.filled.show("window", QueueForm.text(breaker.window()), QueueForm.text(usual.window()));
        form.filled.show("open", QueueForm.text(breaker.open()), QueueForm.text(usual.open()));
        form.filled.show("probes", breaker.probes(), usual.probes());
        form.filled.show("sticky", destination.sticky(), null);
        form.filled.show("fallback", destination.fallback(), null);
        return form;
    }

    static DestinationForm of(MultivaluedMap<String, String> fields) {
        DestinationForm form = new DestinationForm();
        fields.keySet().forEach(name -> form.filled.take(name, fields.getFirst(name)));
        return form;
    }

    public List<FormField> place() {
        return PLACE;
    }

    public List<FormField> limits() {
        return LIMITS;
    }

    public List<FormField> checks() {
        return CHECKS;
    }

    public List<FormField> breaker() {
        return BREAKER;
    }

    public List<FormField> ways() {
        return WAYS;
    }

    public List<String> balances() {
        return java.util.Arrays.stream(Balance.values()).map(Balance::wire).toList();
    }

    public Filled filled() {
        return filled;
    }

    boolean wrong() {
        return filled.wrong();
    }

    /** What was filled in, with what was not sent as it was; to be used unless {@link #wrong}. */
    Destination over(Destination before) {
        filled.leave(of(before).filled);
        Integer concurrency = filled.small("concurrency", 1, 10_000);
        Limits limits = new Limits(
                filled.span("timeout", Duration.ofMillis(1), Duration.ofHours(12)),
                concurrency == null ? Limits.USUAL_CONCURRENCY : concurrency,
                filled.small("rate", 1, 100_000));
        return new Destination(
                before.name(),
                before.backends(),
                balance(),
                text("sticky", label -> label.length() <= 64, "must be a label's key of at most 64 characters"),
                limits,
                check(),
                policy(),
                text(
                        "fallback",
                        name -> Destination.isName(name) && !name.equals(before.name()),
                        "must be the name of another destination"),
                before.wire(),
                false,
                before.version());
    }

    /** A new one with the backend that was filled in. */
    Destination fresh(String name, String url) {
        return over(Destination.to(name, url));
    }

    private Balance balance() {
        String text = filled.value("balance");
        for (Balance balance : Balance.values()) {
            if (balance.wire().equals(text)) {
                return balance;
            }
        }
        return Balance.ROUND_ROBIN;
    }

    private HealthCheck check() {
        Duration interval = filled.span("checkInterval", SECOND, HOUR);
        Duration timeout = filled.span("checkTimeout", TENTH, Duration.ofMinutes(1));
        String path = text("checkPath", HealthCheck::isPath, "must be a path such as /healthz");
        return path == null
                ? null
                : new HealthCheck(
                        path,
                        interval == null ? HealthCheck.USUAL_INTERVAL : interval,
                        timeout == null ? HealthCheck.USUAL_TIMEOUT : timeout);
    }

    private BreakerPolicy policy() {
        BreakerPolicy usual = BreakerPolicy.DEFAULT;
        Integer failures = filled.small("failures", 1, 1000);
        Integer probes = filled.small("probes", 1, 100);
        Duration window = filled.span("window", SECOND, HOUR);
        Duration open = filled.span("open", TENTH, HOUR);
        return new BreakerPolicy(
                failures == null ? usual.failures() : failures,
                window == null ? usual.window() : window,
                open == null ? usual.open() : open,
                probes == null ? usual.probes() : probes);
    }

    private String text(String field, Predicate<String> holds, String rule) {
        String text = filled.value(field);
        if (text.isEmpty()) {
            return null;
        }
        if (!holds.test(text)) {
            filled.fault(field, rule);
        }
        return text;
    }
}
