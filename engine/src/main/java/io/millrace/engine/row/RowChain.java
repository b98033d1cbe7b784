package io.millrace.engine.row;

import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.Chunk;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of plain functions as one loop: reads chunks of any lane, makes objects of their rows where a function wants them,
 * and gathers what comes out into chunks again. Owner: one worker.
 */
public final class RowChain implements ChunkSink {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType STEP = MethodType.methodType(Object.class, OperatorFunction.class, RowStep.class);

    private final ChunkLoop loop;
    private final ChunkStep end;
    private final ChunkSink sink;

    private RowChain(ChunkLoop loop, ChunkStep end, ChunkSink sink) {
        this.loop = loop;
        this.end = end;
        this.sink = sink;
    }

    /** Link a chain of at least one operator. */
    public static RowChain of(List<RowOperator> operators, LanePolicy policy, ChunkSink sink) {
        List<Class<?>> templates = new ArrayList<>();
        List<Class<?>> functions = new ArrayList<>();
        templates.add(RowLoop.class);
        for (RowOperator operator : operators) {
            templates.add(operator.template());
            functions.addAll(operator.functionClasses());
        }
        List<MethodHandle> factories = policy.classes().factoriesFor(LOOKUP, STEP, templates, functions);
        RowOperator last = operators.get(operators.size() - 1);
        ChunkStep end = new ChunkStep(last.function().operator().text(), last.declaredResult(), policy, sink);
        RowStep next = end;
        for (int i = operators.size(); i > 0; i--) {
            next = (RowStep) make(factories.get(i), operators.get(i - 1).function(), next);
        }
        return new RowChain((ChunkLoop) make(factories.get(0), null, next), end, sink);
    }

    private static Object make(MethodHandle factory, OperatorFunction function, RowStep next) {
        try {
            return factory.invokeExact(function, next);
        } catch (RuntimeException | Error broken) {
            throw broken;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a step could not be made", impossible);
        }
    }

    @Override
    public void accept(Chunk chunk) throws Exception {
        loop.run(chunk);
    }

    @Override
    public void finish() throws Exception {
        end.flush();
        sink.finish();
    }

    @Override
    public void reset() {
        end.reset();
        sink.reset();
    }

    @Override
    public boolean wantsMore() {
        return sink.wantsMore();
    }
}
