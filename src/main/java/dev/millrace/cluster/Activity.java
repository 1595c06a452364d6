package dev.millrace.cluster;

/** What this process is busy with; the rooms that run things tell, and are told. */
public interface Activity {
    /** Tasks in its hands at this moment. */
    int running();

    /**
     * Takes on nothing new, or does again; what runs goes on. Does not block.
     *
     * @param resting the same as before changes nothing
     */
    void rest(boolean resting);
}
