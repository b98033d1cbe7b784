package io.millrace.testkit.recovery;

import io.millrace.api.DStream;
import io.millrace.api.Delivery;
import io.millrace.api.DurableCounter;
import io.millrace.api.OutputGate;
import io.millrace.api.PairDStream;
import io.millrace.api.State;
import io.millrace.api.StateSpec;
import io.millrace.api.StreamingContext;
import io.millrace.api.Time;
import io.millrace.api.Tuple2;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A random program: some branches that remember, and a ledger of what is in it: the batch time of each record, or {@link #TWICE}. All of them
 * change with a batch or none does, so the ledger tells what the branches should have.
 *
 * @param isEager whether there is an output that waits for nothing
 */
record GameProgram(Keys keys, List<Branch> branches, boolean isEager) {
    static final long TWICE = -1;

    /** Hears what outputs are given. */
    interface Outputs {
        /** The counter of records, before the start. */
        void counter(DurableCounter counter);

        void eager(long timeMs, List<Integer> ids);

        void ledger(Delivery delivery, Map<Integer, Long> timeOfRecord);

        void branch(int number, long timeMs, List<String> texts);
    }

    static GameProgram random(RandomGenerator random, long batchMs) {
        Keys keys = Keys.values()[random.nextInt(Keys.values().length)];
        Branches branches = new Branches(random, batchMs, keys);
        List<Branch> chosen = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            chosen.add(branches.any());
        }
        return new GameProgram(keys, chosen, random.nextInt(4) == 0);
    }

    /**
     * Add all of it to a context.
     *
     * @param saved the prefix of directories of each batch's ids; null if they are not saved
     */
    void build(StreamingContext context, DStream<String> input, Revision revision, String saved, Outputs outputs) {
        DurableCounter counter = context.durableCounter("records");
        outputs.counter(counter);
        DStream<String> records = revision.records(input);
        if (isEager) {
            records.map(Row.Parcel::idOf)
                    .foreachRDD(OutputGate.EAGER, (rdd, time) -> outputs.eager(time.milliseconds(), rdd.collect()));
        }
        records.mapToPair(text -> counted(counter, text))
                .mapWithState(ledger())
                .stateSnapshots()
                .foreachRDD((rdd, time, delivery) -> outputs.ledger(delivery, new TreeMap<>(rdd.collectAsMap())));
        branches(context, records, revision, outputs);
        if (saved != null) {
            records.map(text -> Integer.toString(Row.Parcel.idOf(text))).saveAsTextFiles(saved);
        }
    }

    private static Tuple2<Integer, Integer> counted(DurableCounter counter, String text) {
        counter.increment();
        return new Tuple2<>(Row.Parcel.idOf(text), 1);
    }

    private void branches(StreamingContext context, DStream<String> records, Revision revision, Outputs outputs) {
        PairDStream<Object, Integer> pairs = revision.pairs(records, keys);
        for (int number = 0; number < branches.size(); number++) {
            int branch = number;
            branches.get(branch).build().on(context, pairs).foreachRDD((rdd, time) -> {
                List<String> texts = new ArrayList<>(rdd.collect());
                texts.sort(null);
                outputs.branch(branch, time.milliseconds(), texts);
            });
        }
    }

    /** The same without some branches. */
    GameProgram without(Set<Integer> numbers) {
        List<Branch> left = new ArrayList<>();
        for (int number = 0; number < branches.size(); number++) {
            if (!numbers.contains(number)) {
                left.add(branches.get(number));
            }
        }
        return new GameProgram(keys, left, isEager);
    }

    private static StateSpec<Integer, Integer, Long, Long> ledger() {
        return StateSpec.function((Time time, Integer id, Optional<Integer> one, State<Long> state) -> {
            state.update(state.exists() ? TWICE : time.milliseconds());
            return Optional.empty();
        });
    }

    /**
     * What each branch gives in each batch, by its number from 1.
     *
     * @param batches the rows of batch 1, 2, ...; null for one that was left out
     */
    List<Map<Integer, List<String>>> play(List<List<Row>> batches) {
        return branches.stream().map(branch -> branch.reference().play(batches)).toList();
    }

    @Override
    public String toString() {
        return keys + ": " + branches.stream().map(Branch::name).toList();
    }
}
