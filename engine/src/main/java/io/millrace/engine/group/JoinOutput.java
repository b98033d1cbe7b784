package io.millrace.engine.group;

import io.millrace.api.Tuple2;
import io.millrace.plan.PlanNode.Match;
import java.util.Optional;

/** Each value of the left with each of the right; in an outer join, empty optionals stand for a side without values. */
final class JoinOutput implements KeyOutput {
    private static final Object[] ABSENT = {Optional.empty()};

    private final boolean leftIsOptional;
    private final boolean rightIsOptional;
    private Object[] lefts = {};
    private Object[] rights = {};
    private int left;
    private int right;

    JoinOutput(Match match) {
        leftIsOptional = match == Match.RIGHT_OUTER || match == Match.FULL_OUTER;
        rightIsOptional = match == Match.LEFT_OUTER || match == Match.FULL_OUTER;
    }

    @Override
    public void start(Object[][] values) {
        lefts = side(values[0], leftIsOptional);
        rights = side(values[1], rightIsOptional);
        left = rights.length == 0 ? lefts.length : 0;
        right = 0;
    }

    private static Object[] side(Object[] values, boolean optional) {
        if (!optional) {
            return values;
        }
        if (values.length == 0) {
            return ABSENT;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = Optional.ofNullable(values[i]);
        }
        return values;
    }

    @Override
    public boolean hasNext() {
        return left < lefts.length;
    }

    @Override
    public Object next() {
        Tuple2<Object, Object> row = new Tuple2<>(lefts[left], rights[right]);
        right++;
        if (right == rights.length) {
            right = 0;
            left++;
        }
        return row;
    }
}
