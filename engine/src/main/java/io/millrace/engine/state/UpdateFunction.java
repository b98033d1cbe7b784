package io.millrace.engine.state;

import io.millrace.api.Time;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Function4;
import io.millrace.engine.function.OperatorFunction;
import java.util.List;
import java.util.Optional;

/** The function of {@code updateStateByKey}, in either of its forms. Safe from several threads if the program's is. */
final class UpdateFunction {
    private final OperatorFunction function;
    private final Function4<Object, Object, Object, Object, Object> call;

    @SuppressWarnings("unchecked") // the program's types say so
    UpdateFunction(OperatorFunction function) {
        this.function = function;
        if (function.function() instanceof Function2) {
            Function2<Object, Object, Object> ofValues = (Function2<Object, Object, Object>) function.function();
            call = (time, key, values, state) -> ofValues.call(values, state);
        } else {
            call = (Function4<Object, Object, Object, Object, Object>) function.function();
        }
    }

    /** The new state of a key; empty if it is to be forgotten. */
    Optional<?> call(Time time, Object key, List<?> values, Object state) {
        try {
            Object result = call.call(time, key, values, Optional.ofNullable(state));
            if (result == null) {
                throw new NullPointerException("the function gave null; give Optional.empty() to forget the key");
            }
            return (Optional<?>) result;
        } catch (Throwable thrown) {
            throw function.failed("(" + key + ", " + values + ")", thrown);
        }
    }
}
