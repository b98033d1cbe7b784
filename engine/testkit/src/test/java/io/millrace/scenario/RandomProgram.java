package io.millrace.scenario;

import io.millrace.api.DStream;
import io.millrace.api.DStreamLike;
import io.millrace.scenario.Place.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A chain of random operators over text, built of recognised functions, typed ones and plain lambdas. */
final class RandomProgram {
    private static final int MAX_STEPS = 6;

    private final List<Step> steps = new ArrayList<>();

    RandomProgram(RandomGenerator random) {
        Place place = new Place(random);
        TextSteps texts = new TextSteps(place);
        KeyedSteps keyed = new KeyedSteps(place);
        AnySteps others = new AnySteps(place);
        for (int i = 1 + random.nextInt(MAX_STEPS); i > 0; i--) {
            boolean isSpecial = random.nextInt(4) > 0;
            if (place.pairs()) {
                steps.add(isSpecial ? keyed.any() : others.any());
            } else if (place.kind() == Kind.TEXT) {
                steps.add(isSpecial ? texts.any() : others.any());
            } else {
                steps.add(others.ofValues());
            }
        }
    }

    /** The end of the chain that begins with that stream. */
    DStreamLike<?, ?, ?> on(DStream<?> input) {
        DStreamLike<?, ?, ?> stream = input;
        for (Step step : steps) {
            stream = step.onStream().apply(stream);
        }
        return stream;
    }

    /** What the chain makes of these records. */
    List<Object> on(List<Object> input) throws Exception {
        List<Object> records = input;
        for (Step step : steps) {
            records = step.onList().apply(records);
        }
        return records;
    }

    /** Whether the order of the results is promised. */
    boolean inOrder() {
        return steps.stream().allMatch(Step::inOrder);
    }

    @Override
    public String toString() {
        return steps.stream().map(Step::text).collect(Collectors.joining(" . "));
    }
}
