package io.millrace.engine.state;

import io.millrace.api.Time;
import io.millrace.api.function.Function3;
import io.millrace.api.function.Function4;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.offheap.state.StoreFullException;
import io.millrace.plan.OperatorId;
import io.millrace.plan.StateMapping;
import java.util.Optional;

/** The function of {@code mapWithState}, in either of its forms. Safe from several threads if the program's is. */
final class MappingFunction {
    private final OperatorFunction function;
    private final boolean givesOption;
    private final Function4<Object, Object, Object, Object, Object> call;

    @SuppressWarnings("unchecked") // the program's types say so
    MappingFunction(OperatorId operator, StateMapping.Call form) {
        function = new OperatorFunction(operator, form.function());
        givesOption = form instanceof StateMapping.Timed;
        if (givesOption) {
            call = (Function4<Object, Object, Object, Object, Object>) form.function();
        } else {
            Function3<Object, Object, Object, Object> plain =
                    (Function3<Object, Object, Object, Object>) form.function();
            call = (time, key, value, state) -> plain.call(key, value, state);
        }
    }

    /** Call it; the record that comes out goes to {@code out}, if there is one. */
    void call(Time time, Object key, Optional<Object> value, StateCell state, Output out) throws Exception {
        Object result;
        try {
            result = call.call(time, key, value, state);
            if (givesOption) {
                if (result == null) {
                    throw new NullPointerException("the function gave null; give Optional.empty() for no record");
                }
                Optional<?> option = (Optional<?>) result;
                if (option.isEmpty()) {
                    return;
                }
                result = option.get();
            }
        } catch (StoreFullException full) {
            throw full; // no fault of the function's
        } catch (Throwable thrown) {
            throw function.failed("(" + key + ", " + value.orElse(null) + ")", thrown);
        }
        out.row(result);
    }

    /** Takes the records. */
    @FunctionalInterface
    interface Output {
        /** One record. */
        void row(Object record) throws Exception;
    }
}
