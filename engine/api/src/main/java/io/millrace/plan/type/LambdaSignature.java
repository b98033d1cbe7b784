package io.millrace.plan.type;

import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;

/**
 * The result class in the signature of a serializable lambda. The compiler gives such a lambda a private method {@code
 * writeReplace} that tells its instantiated type, for example {@code (Integer,Integer)Integer}; it takes no JVM flag to
 * call it where the lambda's package is open to us, as it is on the class path.
 */
final class LambdaSignature {

    private LambdaSignature() {}

    /** Returns the class of the lambda's result, or null: no lambda, erased, or not to be asked. */
    static Class<?> resultOf(Object function) {
        Class<?> functionClass = function.getClass();
        if (!functionClass.isHidden()) {
            return null; // a named class's own writeReplace is user code: not ours to run
        }
        try {
            Method writeReplace = functionClass.getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            if (writeReplace.invoke(function) instanceof SerializedLambda lambda) {
                return MethodType.fromMethodDescriptorString(
                                lambda.getInstantiatedMethodType(), functionClass.getClassLoader())
                        .returnType();
            }
            return null;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError unreadable) {
            return null; // then the type is observed instead, as for every function that declares nothing
        }
    }
}
