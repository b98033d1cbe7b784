package io.millrace.engine.physical;

import io.millrace.api.Partitioner;
import io.millrace.plan.PlanNode;

/**
 * An operator that remembers something from batch to batch.
 *
 * @param index its place in the plan: after those that it reads
 * @param input what it takes in, brought to the partitions of its keys
 * @param inputSlideMs how often its input has a dataset, milliseconds
 * @param partitions in which it remembers by key; 0 if it does not
 * @param partitioner where each key is; null if not by key
 */
public record StatefulSpec(
        int index, PlanNode node, Stage input, long inputSlideMs, int partitions, Partitioner partitioner) {}
