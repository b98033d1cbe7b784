package io.millrace.plan.type;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;

/**
 * The type arguments with which a class implements a generic interface, followed through its superclasses and
 * superinterfaces.
 */
final class TypeArguments {

    private TypeArguments() {}

    /**
     * Returns one type per parameter of {@code target} (a variable where it stays open), or null if there are none to
     * read.
     */
    static Type[] of(Class<?> implementation, Class<?> target) {
        try {
            return find(implementation, target, Map.of());
        } catch (RuntimeException | LinkageError unreadable) {
            return null; // a type argument names a class that is not there
        }
    }

    private static Type[] find(Type type, Class<?> target, Map<TypeVariable<?>, Type> outer) {
        Class<?> raw;
        Map<TypeVariable<?>, Type> bound = new HashMap<>();
        if (type instanceof ParameterizedType parameterized) {
            raw = (Class<?>) parameterized.getRawType();
            Type[] arguments = parameterized.getActualTypeArguments();
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < arguments.length; i++) {
                bound.put(variables[i], outer.getOrDefault(arguments[i], arguments[i]));
            }
        } else {
            raw = (Class<?>) type;
        }
        if (raw == target) {
            return resolved(target, bound);
        }
        for (Type superInterface : raw.getGenericInterfaces()) {
            Type[] found = find(superInterface, target, bound);
            if (found != null) {
                return found;
            }
        }
        Type superclass = raw.getGenericSuperclass();
        return superclass == null ? null : find(superclass, target, bound);
    }

    private static Type[] resolved(Class<?> target, Map<TypeVariable<?>, Type> bound) {
        TypeVariable<?>[] variables = target.getTypeParameters();
        Type[] arguments = new Type[variables.length];
        for (int i = 0; i < variables.length; i++) {
            arguments[i] = bound.getOrDefault(variables[i], variables[i]);
        }
        return arguments;
    }
}
