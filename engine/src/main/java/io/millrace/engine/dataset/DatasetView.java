package io.millrace.engine.dataset;

/** A dataset as programs hold it: it knows the type of its records, the node behind it does not. */
public interface DatasetView {
    /** What this dataset is, without the type of its records. */
    DatasetNode node();
}
