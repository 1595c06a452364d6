package dev.millrace.storage.record;

import dev.millrace.task.Needle;
import dev.millrace.task.NewTask;
import dev.millrace.task.Payload;
import dev.millrace.task.TaskSpec;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * A batch's specs as one string of bytes, which never changes once it is stored. Layout: format version (1 byte), count
 * (1 byte), table of the distinct strings, offset of each spec (4 bytes), the specs. A string that stands in many tasks
 * (type, credential) so takes its room once per batch.
 */
public final class BatchCodec {
    /** Written into every batch; a store that finds a higher one refuses it. */
    public static final byte FORMAT = 1;

    private BatchCodec() {}

    public static byte[] encode(List<NewTask> tasks) {
        Strings strings = new Strings();
        ByteWriter specs = new ByteWriter(256 * tasks.size());
        int[] offsets = new int[tasks.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = specs.size();
            SpecCodec.write(specs, strings, tasks.get(i));
        }
        ByteWriter out = new ByteWriter(specs.size() + 64 + 4 * offsets.length);
        out.u8(FORMAT);
        out.u8(offsets.length);
        strings.write(out);
        for (int offset : offsets) {
            out.u32(offset);
        }
        out.bytes(specs.array(), specs.size());
        return out.toArray();
    }

    /** The whole batch; specs are decoded when they are asked for. */
    public static StoredBatch decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw new IllegalStateException("A task record has format " + format + "; this version reads format "
                    + FORMAT + ". Upgrade Millrace on this node.");
        }
        int count = in.u8();
        List<String> strings = Strings.read(in);
        int[] offsets = new int[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = in.u32();
        }
        return new StoredBatch(new Specs(bytes, in.position(), offsets, strings), bytes.length);
    }

    /** A payload or result with its codec byte in front. */
    public static byte[] encode(Payload payload) {
        return ByteBuffer.allocate(payload.size() + 1)
                .put(SpecCodec.PLAIN)
                .put(payload.json())
                .array();
    }

    /** The reverse of {@link #encode(Payload)}. */
    public static Payload decodePayload(byte[] bytes) {
        SpecCodec.requirePlain(bytes[0]);
        return new Payload(java.util.Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    /**
     * What a store read back.
     *
     * @param size of the stored bytes, for caches that weigh
     */
    public record StoredBatch(List<NewTask> tasks, int size) {
        public TaskSpec spec(int index) {
            return tasks.get(index).spec();
        }

        /** False when no payload of it, as it was submitted, has the text. */
        public boolean mayContain(Needle text) {
            return tasks instanceof Specs specs
                    ? text.isIn(specs.bytes)
                    : tasks.stream()
                            .anyMatch(task -> text.isIn(task.spec().payload().json()));
        }
    }

    /** Read each time they are asked for: of most batches few are, and bytes take less room. */
    private static final class Specs extends AbstractList<NewTask> implements RandomAccess {
        private final byte[] bytes;
        private final int start;
        private final int[] offsets;
        private final List<String> strings;

        private Specs(byte[] bytes, int start, int[] offsets, List<String> strings) {
            this.bytes = bytes;
            this.start = start;
            this.offsets = offsets;
            this.strings = strings;
        }

        @Override
        public NewTask get(int index) {
            ByteReader in = new ByteReader(bytes);
            in.position(start + offsets[index]);
            return SpecCodec.read(in, strings);
        }

        @Override
        public int size() {
            return offsets.length;
        }
    }
}
