package dev.millrace.storage.redis;

import dev.millrace.task.TaskId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes queues away. What is large goes in slices; a removal that was interrupted is finished by the next. */
final class QueueRemoval {
    private static final int SLICE = 500;

    private final RedisBase base;
    private final NameDirectory directory;

    QueueRemoval(RedisBase base) {
        this.base = base;
        this.directory = new NameDirectory(base);
    }

    /** False when the queue is not empty and it was not to be forced. */
    boolean discard(String queue, int number, boolean force, Instant now) {
        finish(queue, number, now);
        if (call(queue, now).arg(force ? 1 : 0).arg(number).ask(Scripts.DISCARD).toInteger() == 0) {
            return false;
        }
        finish(queue, number, now);
        List<Request> minutes = new ArrayList<>();
        for (long age = 0; age <= RedisSeriesStore.MINUTES_KEPT; age++) {
            minutes.add(Request.cmd(Command.UNLINK)
                    .arg(base.queue(queue).minute(now.toEpochMilli() - age * RedisSeriesStore.MINUTE)));
        }
        minutes.add(Request.cmd(Command.UNLINK).arg(base.queue(queue).levels()));
        base.link().askAll(minutes);
        return true;
    }

    private void finish(String queue, int number, Instant now) {
        int gone;
        do {
            gone = call(queue, now).arg(SLICE).ask(Scripts.DOOM).toInteger();
        } while (gone > 0);
        byte[] names = base.queue(queue).named("doomednames");
        String cursor = "0";
        do {
            Response page = base.link()
                    .ask(Request.cmd(Command.HSCAN)
                            .arg(names)
                            .arg(cursor)
                            .arg("COUNT")
                            .arg(SLICE));
            cursor = page.get(0).toString();
            for (int i = 0; i < page.get(1).size(); i += 2) {
                directory.undirect(new TaskId(page.get(1).get(i).toString()), number, Long.MAX_VALUE >>> 16);
            }
        } while (!cursor.equals("0"));
        base.link().ask(Request.cmd(Command.UNLINK).arg(names));
    }

    private QueueCall call(String queue, Instant now) {
        QueueKeys keys = base.queue(queue);
        return new QueueCall(base, queue, now).key(keys.named("doomed")).key(keys.named("doomednames"));
    }
}
