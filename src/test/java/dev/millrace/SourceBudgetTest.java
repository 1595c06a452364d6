package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** How large things may become before they are two things. */
class SourceBudgetTest {
    private static final int FILE = 300;
    /** A store's main class carries one port whole. */
    private static final int STORE = 500;

    private static final int METHOD = 30;
    private static final int LUA = 80;
    private static final Path SOURCES = Path.of("src");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");

    @Test
    void filesAreShort() {
        assertThat(sources(".java")
                        .filter(file -> length(file) > (isStore(file) ? STORE : FILE))
                        .map(file -> file + " has " + length(file) + " lines"))
                .isEmpty();
    }

    private static boolean isStore(Path file) {
        String path = file.toString().replace('\\', '/');
        return path.contains("/storage/") && path.endsWith("TaskStore.java");
    }

    @Test
    void scriptsAreShort() {
        assertThat(sources(".lua")
                        .filter(file -> length(file) > LUA)
                        .map(file -> file + " has " + length(file) + " lines"))
                .isEmpty();
    }

    @Test
    void methodsAreShort() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> tooLong = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    null,
                    null,
                    null,
                    files.getJavaFileObjectsFromPaths(sources(".java").toList()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Measure(unit, positions, tooLong), null);
            }
        }

        assertThat(tooLong).isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(Stream.of(".java", ".lua", ".sql", ".yaml", ".properties", ".html", ".css", ".js")
                        .flatMap(SourceBudgetTest::sources)
                        .filter(file -> !file.endsWith("SourceBudgetTest.java"))
                        .filter(file -> UNFINISHED.matcher(text(file)).find()))
                .isEmpty();
    }

    private static Stream<Path> sources(String suffix) {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long length(Path file) {
        return text(file).lines().count();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts the lines between the braces of each method. */
    private static final class Measure extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> tooLong;

        private Measure(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
            this.unit = unit;
            this.positions = positions;
            this.tooLong = tooLong;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
                long first = line(positions.getStartPosition(unit, method.getBody()));
                long last = line(positions.getEndPosition(unit, method.getBody()));
                if (last - first - 1 > METHOD) {
                    tooLong.add("%s: %s has %d lines"
                            .formatted(unit.getSourceFile().getName(), method.getName(), last - first - 1));
                }
            }
            return super.visitMethod(method, nothing);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
