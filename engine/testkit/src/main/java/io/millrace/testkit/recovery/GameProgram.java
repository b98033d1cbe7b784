package io.millrace.testkit.recovery;

import io.millrace.api.DStream;
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
 */
record GameProgram(Keys keys, List<Branch> branches) {
    static final long TWICE = -1;

    /** Hears what outputs are given. */
    interface Outputs {
        void ledger(long timeMs, Map<Integer, Long> timeOfRecord);

        void branch(int number, long timeMs, List<String> texts);
    }

    static GameProgram random(RandomGenerator random, long batchMs) {
        Keys keys = Keys.values()[random.nextInt(Keys.values().length)];
        Branches branches = new Branches(random, batchMs, keys);
        List<Branch> chosen = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            chosen.add(branches.any());
        }
        return new GameProgram(keys, chosen);
    }

    /** Add all of it to a context. */
    void build(StreamingContext context, DStream<String> input, Revision revision, Outputs outputs) {
        DStream<String> records = revision.records(input);
        records.mapToPair(text -> new Tuple2<>(Row.Parcel.idOf(text), 1))
                .mapWithState(ledger())
                .stateSnapshots()
                .foreachRDD((rdd, time) -> outputs.ledger(time.milliseconds(), new TreeMap<>(rdd.collectAsMap())));
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
        return new GameProgram(keys, left);
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
