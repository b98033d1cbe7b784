package io.millrace.engine.function;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives every shape of loop classes of its own. A shape is the list of templates (ordinary classes that hold one step or one
 * loop each) and of the classes of the functions they call; for each shape the templates' bytes are defined again as hidden
 * classes, so that the JIT keeps a profile per shape, sees one target at each call, inlines the whole into one loop and
 * drops the boxes.
 *
 * <p>The cache is bounded: a program that makes new functions for ever (in {@code transform}, say) pays for new classes but
 * does not fill the metaspace, since a hidden class goes with its last instance. Safe from several threads.
 */
public final class ShapeClasses {
    private static final Map<Class<?>, byte[]> CLASS_BYTES = new ConcurrentHashMap<>();

    private final boolean ownClasses;
    private final Map<List<Class<?>>, List<MethodHandle>> factories;

    /**
     * A cache of at most {@code maxShapes} shapes.
     *
     * @param ownClasses false shares the templates among all shapes, which is slower as soon as there are several
     */
    public ShapeClasses(boolean ownClasses, int maxShapes) {
        this.ownClasses = ownClasses;
        this.factories = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<List<Class<?>>, List<MethodHandle>> eldest) {
                return size() > maxShapes;
            }
        };
    }

    /**
     * One constructor per template, in order; the same ones again for the same shape.
     *
     * @param lookup with full rights in the templates' package
     * @param parameters of the constructor that every template has; handles return {@code Object}
     */
    public List<MethodHandle> factoriesFor(
            MethodHandles.Lookup lookup, MethodType parameters, List<Class<?>> templates, List<Class<?>> functions) {
        List<Class<?>> shape = new ArrayList<>(templates);
        shape.addAll(functions);
        synchronized (factories) {
            return factories.computeIfAbsent(
                    shape,
                    unseen -> templates.stream()
                            .map(template -> factory(lookup, parameters, template))
                            .toList());
        }
    }

    private MethodHandle factory(MethodHandles.Lookup lookup, MethodType parameters, Class<?> template) {
        try {
            MethodHandles.Lookup own = ownClasses ? lookup.defineHiddenClass(bytesOf(template), true) : lookup;
            Class<?> copy = ownClasses ? own.lookupClass() : template;
            return own.findConstructor(copy, parameters.changeReturnType(void.class))
                    .asType(parameters.changeReturnType(Object.class));
        } catch (IllegalAccessException | NoSuchMethodException broken) {
            throw new IllegalStateException("template " + template.getName() + " cannot be copied", broken);
        }
    }

    private static byte[] bytesOf(Class<?> template) {
        return CLASS_BYTES.computeIfAbsent(template, ShapeClasses::read);
    }

    private static byte[] read(Class<?> template) {
        try (InputStream in = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the bytes of " + template.getName() + " cannot be read", unreadable);
        }
    }
}
