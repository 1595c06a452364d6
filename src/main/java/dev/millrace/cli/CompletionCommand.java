package dev.millrace.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace completion}. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        header = "Print what makes a shell complete millrace's commands and options.",
        description =
                "Put the first line below into ~/.bashrc, or with zsh into ~/.zshrc; or what it prints into a file, and: source FILE.",
        footerHeading = "%nExamples:%n",
        footer = {"  source <(millrace completion bash)", "  millrace completion zsh > millrace.zsh"})
final class CompletionCommand implements Runnable {
    @Spec
    CommandSpec command;

    @Parameters(paramLabel = "bash|zsh", description = "The shell: ${COMPLETION-CANDIDATES}.")
    Shell shell;

    /** Both understand the same text. */
    enum Shell {
        bash,
        zsh
    }

    @Override
    public void run() {
        command.commandLine()
                .getOut()
                .print(AutoComplete.bash("millrace", command.root().commandLine()));
        command.commandLine().getOut().flush();
    }
}
