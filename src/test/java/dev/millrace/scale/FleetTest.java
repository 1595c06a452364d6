package dev.millrace.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testing.FakeClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes, of which nothing is asked but to run until they are told to end. */
class FleetTest {
    private final FakeClock clock = new FakeClock();
    private final List<Process> started = new ArrayList<>();
    private int wanted;
    private List<String> program = List.of("tail", "-f", "/dev/null");
    private final Fleet fleet = new Fleet("mail", (workers, demand, now) -> wanted, this::start);

    private Process start() throws IOException {
        Process process = new ProcessBuilder(program).start();
        started.add(process);
        return process;
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private long alive() {
        return started.stream().filter(Process::isAlive).count();
    }

    @Test
    void thereAreAsManyProcessesAsThePolicyWants() throws InterruptedException {
        wanted = 3;
        assertThat(fleet.runOnce(30, clock.instant())).isEqualTo(3);
        assertThat(alive()).isEqualTo(3);
        assertThat(fleet.runOnce(30, clock.instant())).isZero();
        wanted = 1;
        assertThat(fleet.runOnce(1, clock.instant())).isEqualTo(2);
        fleet.await(System.nanoTime() + TimeUnit.SECONDS.toNanos(20));
        assertThat(alive()).isEqualTo(1);
        assertThat(started.getFirst().isAlive()).isTrue();
    }

    @Test
    void processThatWasKilledIsReplacedButNotAtOnceWhenItWasYoung() throws InterruptedException {
        wanted = 1;
        fleet.runOnce(1, clock.instant());
        started.getFirst().destroyForcibly().waitFor();
        assertThat(fleet.runOnce(1, clock.instant())).isZero();
        clock.tickSeconds(1);
        assertThat(fleet.runOnce(1, clock.instant())).isEqualTo(1);
        clock.tickSeconds(10);
        fleet.runOnce(1, clock.instant());
        started.getLast().destroyForcibly().waitFor();
        assertThat(fleet.runOnce(1, clock.instant())).isEqualTo(1);
    }

    @Test
    void programThatCannotBeStartedIsTriedEverMoreSeldom() {
        wanted = 1;
        program = List.of("/does/not/exist");
        int tries = 0;
        for (int second = 0; second < 60; second++) {
            int before = started.size();
            fleet.runOnce(1, clock.instant());
            program = second == 50 ? List.of("tail", "-f", "/dev/null") : program;
            tries += started.size() - before;
            clock.tickSeconds(1);
        }
        assertThat(tries).isZero();
        clock.tickSeconds(64);
        assertThat(fleet.runOnce(1, clock.instant())).isEqualTo(1);
    }

    @Test
    void allEndWithTheFleetAndNoneIsStartedAfterwards() throws InterruptedException {
        wanted = 2;
        fleet.runOnce(20, clock.instant());
        fleet.end();
        fleet.await(System.nanoTime() + TimeUnit.SECONDS.toNanos(20));
        assertThat(alive()).isZero();
        assertThat(fleet.runOnce(20, clock.instant())).isZero();
    }
}
