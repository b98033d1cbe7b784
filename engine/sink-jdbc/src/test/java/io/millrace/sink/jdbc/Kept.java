package io.millrace.sink.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** A pool of one connection, which stays open when it is closed. */
final class Kept {
    private final DataSource real;
    private final Connection connection;

    Kept(DataSource real, Connection connection) {
        this.real = real;
        this.connection = connection;
    }

    DataSource source() {
        Connection kept = proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                return null;
            }
            return called(() -> method.invoke(connection, arguments));
        });
        return proxy(
                DataSource.class,
                (proxy, method, arguments) ->
                        method.getName().equals("getConnection") ? kept : called(() -> method.invoke(real, arguments)));
    }

    private interface Call {
        Object now() throws ReflectiveOperationException;
    }

    private static Object called(Call call) throws Throwable {
        try {
            return call.now();
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static <I> I proxy(Class<I> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
