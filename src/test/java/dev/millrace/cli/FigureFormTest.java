package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FigureFormTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void asItWas() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "de-CH", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"})
    void figuresOfCommandsAreWrittenAlikeWhateverTheLanguageOfTheMachine(String language) {
        Locale.setDefault(Locale.forLanguageTag(language));

        Commands.all(options -> {}, Map.of());

        assertThat("%,d tasks, %.1f s, 1%03d".formatted(2_000L, 1.5, 7)).isEqualTo("2,000 tasks, 1.5 s, 1007");
    }

    @Test
    void aServerWhichMayRunHandlersOfOthersKeepsTheLanguageOfItsMachine() {
        Locale.setDefault(Locale.GERMANY);

        Commands.start(options -> {}, Map.of());

        assertThat(Locale.getDefault()).isEqualTo(Locale.GERMANY);
    }
}
