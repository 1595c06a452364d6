package dev.millrace.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the process uses of its machine, without anything that a native executable lacks. Each who asks has one of its
 * own.
 */
public final class Vitals {
    private static final Path STATUS = Path.of("/proc/self/status");

    private long lastCpuNanos = -1;
    private long lastAt;

    /** Share of one processor since the call before; negative when unknown, as on the first call. */
    public synchronized double cpu() {
        long cpu = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(-1L);
        long at = System.nanoTime();
        double share = cpu < 0 || lastCpuNanos < 0 ? -1 : (double) (cpu - lastCpuNanos) / Math.max(1, at - lastAt);
        lastCpuNanos = cpu;
        lastAt = at;
        return share;
    }

    /** Resident memory; the Java heap where the system does not tell. */
    public long memoryBytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
        } catch (IOException e) {
            // Not Linux: the heap is the next best.
        }
        return Runtime.getRuntime().totalMemory();
    }
}
