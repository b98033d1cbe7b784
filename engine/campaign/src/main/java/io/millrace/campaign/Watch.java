package io.millrace.campaign;

import java.io.IOException;

/** Hears of everything that is done to the files of a checkpoint. Any thread calls it. */
interface Watch {
    /** Lets everything be. */
    Watch NONE = (act, moment, name) -> {};

    /**
     * Let it be, or throw: a crash ends the process, an {@link IOException} is a failure of the disk.
     *
     * @param name of the file or folder
     */
    void at(Act act, Moment moment, String name) throws IOException;

    /**
     * How much of something that is to be written is written before {@link Moment#MID} comes.
     *
     * @param bytes all of it
     * @return all of it for no such moment
     */
    default long first(Act act, String name, long bytes) {
        return bytes;
    }
}
