package dev.millrace.access;

/** Secrets that lie in the store; the rooms that keep some tell, for whoever looks after the installation. */
public interface KeptSecrets {
    /** Those that lie there as they are, so that whoever reads the store or a backup has them. */
    int plain();

    /** Those that none of this node's keys opens. */
    int locked();
}
