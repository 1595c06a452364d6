package dev.millrace.process;

/**
 * What a checker counted after a fault.
 *
 * @param lost acknowledged, but not ended or not there
 * @param unexpected there, but never submitted
 * @param runs attempts that were started
 * @param uncaused runs after a task's first whose cause is not in its history
 * @param twice tasks that more than one generation completed
 */
record Figures(
        String scenario,
        int submitted,
        int acknowledged,
        int repeats,
        int ended,
        int lost,
        int unexpected,
        int runs,
        int uncaused,
        int twice) {
    boolean clean() {
        return lost == 0 && unexpected == 0 && uncaused == 0 && twice == 0;
    }

    @Override
    public String toString() {
        return "figures: %s: submitted %d, acknowledged %d (%d requests repeated), ended %d, runs %d; lost %d, unexpected %d,"
                        .formatted(scenario, submitted, acknowledged, repeats, ended, runs, lost, unexpected)
                + " runs without a cause %d, completed by two generations %d".formatted(uncaused, twice);
    }
}
