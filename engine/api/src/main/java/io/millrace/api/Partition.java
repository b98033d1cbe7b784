package io.millrace.api;

import java.io.Serializable;

/** One part of a dataset; a number, since its records are reached by actions alone. */
public interface Partition extends Serializable {
    /** Which part it is, from 0. */
    int index();
}
