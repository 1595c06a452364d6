package dev.millrace.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Does one thing to each of some things. One that is refused does not hold up the others. */
abstract class EachCommand extends ServerCommand {
    @Override
    final int run(ApiClient client, Terminal terminal) {
        int code = 0;
        for (String name : names()) {
            Answer answer = change(client, path(name));
            if (answer.ok()) {
                terminal.out().println(server.asJson() ? json(name, answer) : sentence(name, answer));
            } else {
                Commands.say(Refused.by(answer).getMessage(), terminal.err());
                code = Commands.REFUSED;
            }
            terminal.out().flush();
        }
        return code;
    }

    /** What it is done to. */
    abstract List<String> names();

    /** Where one of them is in the API, encoded. */
    abstract String path(String name);

    abstract Answer change(ApiClient client, String path);

    /** What has become of it, for people. */
    abstract String sentence(String name, Answer answer);

    /** An answer without a body says that it is gone. */
    static boolean gone(Answer answer) {
        return answer.body().length == 0;
    }

    private static String json(String name, Answer answer) {
        return gone(answer)
                ? "{\"id\":\"" + name + "\",\"deleted\":true}"
                : new String(Raw.oneLine(answer.body()), StandardCharsets.UTF_8);
    }
}
