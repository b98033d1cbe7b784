package io.millrace.offheap.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.serializers.FieldSerializer;
import com.esotericsoftware.kryo.serializers.RecordSerializer;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the bytes of a class's objects depend on, as a text: so a class that has changed is told instead of misread. */
final class KryoSchema {
    private KryoSchema() {}

    /** {@code {x:int,y:int}} for a class written by its fields, {@code by Name} for one with a serializer of its own. */
    static String of(Kryo kryo, Class<?> type) {
        StringBuilder text = new StringBuilder();
        append(text, kryo, type, new ArrayDeque<>());
        return text.toString();
    }

    private static void append(StringBuilder text, Kryo kryo, Class<?> type, Deque<Class<?>> within) {
        if (type.isArray()) {
            append(text, kryo, type.getComponentType(), within);
            return;
        }
        if (type.isPrimitive() || type.isEnum() || type.getClassLoader() == null || within.contains(type)) {
            return;
        }
        Serializer<?> serializer = kryo.getSerializer(type);
        within.push(type);
        if (serializer instanceof FieldSerializer<?> fields) {
            text.append('{');
            for (FieldSerializer.CachedField field : fields.getFields()) {
                field(
                        text,
                        kryo,
                        field.getName(),
                        field.getField().getType(),
                        field.getField().getGenericType().getTypeName(),
                        within);
            }
            text.append('}');
        } else if (serializer instanceof RecordSerializer) {
            text.append('{');
            for (RecordComponent part : type.getRecordComponents()) {
                field(
                        text,
                        kryo,
                        part.getName(),
                        part.getType(),
                        part.getGenericType().getTypeName(),
                        within);
            }
            text.append('}');
        } else {
            text.append("by ").append(serializer.getClass().getName());
        }
        within.pop();
    }

    /** A field's class belongs to it where the bytes do not name it: where it is final. */
    private static void field(
            StringBuilder text, Kryo kryo, String name, Class<?> type, String typeName, Deque<Class<?>> within) {
        if (text.charAt(text.length() - 1) != '{') {
            text.append(',');
        }
        text.append(name).append(':').append(typeName);
        if (kryo.isFinal(type)) {
            append(text, kryo, type, within);
        }
    }
}
