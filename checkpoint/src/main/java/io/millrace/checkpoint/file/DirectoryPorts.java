package io.millrace.checkpoint.file;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.EpochClock;

/**
 * What a checkpoint directory needs of the world.
 *
 * @param random for ids; must differ from run to run
 * @param clock for the times in headers, which nothing depends on
 * @param processId of this process, for people
 * @param warnings is told, in the thread that finds it, what went on in spite of something: one sentence each
 */
public record DirectoryPorts(RandomGenerator random, EpochClock clock, long processId, Consumer<String> warnings) {}
