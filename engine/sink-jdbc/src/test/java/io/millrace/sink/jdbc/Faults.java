package io.millrace.sink.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Connections whose calls a test may let fail, before they take place or after. Owner: one thread. */
final class Faults {
    /** What is to happen at a call; {@code call} is a method's name, {@code getConnection} included. */
    @FunctionalInterface
    interface Plan {
        void at(String call, boolean isDone) throws SQLException;
    }

    private final DataSource real;
    private final Plan plan;
    private final List<String> calls = new ArrayList<>();
    private int open;

    Faults(DataSource real, Plan plan) {
        this.real = real;
        this.plan = plan;
    }

    /** The first calls of that method fail, so many of them. */
    static Plan first(int times, String method, boolean isDone, String state) {
        int[] left = {times};
        return (call, done) -> {
            if (call.equals(method) && done == isDone && left[0] > 0) {
                left[0]--;
                throw new SQLException("a fault of the test", state);
            }
        };
    }

    DataSource source() {
        return proxy(DataSource.class, real);
    }

    /** The calls of that method so far. */
    long count(String method) {
        return calls.stream().filter(method::equals).count();
    }

    /** Connections that were opened and not closed. */
    int open() {
        return open;
    }

    private <I> I proxy(Class<I> type, Object target) {
        InvocationHandler handler = (proxy, method, arguments) -> call(target, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object call(Object target, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        calls.add(name);
        if (name.equals("close") && target instanceof Connection) {
            open--;
        }
        plan.at(name, false);
        Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
        plan.at(name, true);
        if (result instanceof PreparedStatement) {
            return proxy(PreparedStatement.class, result);
        }
        if (result instanceof Connection) {
            open++;
            return proxy(Connection.class, result);
        }
        return result;
    }
}
