package io.millrace.engine.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeClassesTest {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType NAMED = MethodType.methodType(Object.class, String.class);

    private final ShapeClasses classes = new ShapeClasses(true, 3);

    private List<MethodHandle> shape(List<Class<?>> templates, Class<?>... functions) {
        return classes.factoriesFor(LOOKUP, NAMED, templates, List.of(functions));
    }

    private static Class<?> made(MethodHandle factory) throws Throwable {
        return factory.invoke("x").getClass();
    }

    @Test
    void oneShapeHasOneClassPerTemplateHoweverOftenItIsAskedFor() throws Throwable {
        List<MethodHandle> first = shape(List.of(ShapeTemplate.class), String.class);
        List<MethodHandle> again = shape(List.of(ShapeTemplate.class), String.class);
        assertSame(first, again);
        assertSame(made(first.get(0)), made(again.get(0)));
    }

    @Test
    void differentFunctionsMakeDifferentShapesWithClassesOfTheirOwn() throws Throwable {
        Class<?> ofText = made(shape(List.of(ShapeTemplate.class), String.class).get(0));
        Class<?> ofNumber =
                made(shape(List.of(ShapeTemplate.class), Integer.class).get(0));
        assertNotSame(ofText, ofNumber);
        assertNotSame(ShapeTemplate.class, ofText);
        assertTrue(ofText.isHidden() && ofNumber.isHidden());
    }

    @Test
    void theSameTemplateTwiceInAShapeHasTwoClasses() throws Throwable {
        List<MethodHandle> chain = shape(List.of(ShapeTemplate.class, ShapeTemplate.class), String.class);
        assertEquals(2, chain.size());
        assertNotSame(made(chain.get(0)), made(chain.get(1)));
    }

    @Test
    void aCopyDoesWhatItsTemplateDoes() throws Throwable {
        Object copy = shape(List.of(ShapeTemplate.class), String.class).get(0).invoke("a name");
        assertEquals("a template called a name", copy.toString());
    }

    @Test
    void onlySoManyShapesAreRememberedTheOnesUsedLast() {
        List<MethodHandle> first = shape(List.of(ShapeTemplate.class), String.class);
        List<MethodHandle> second = shape(List.of(ShapeTemplate.class), Integer.class);
        shape(List.of(ShapeTemplate.class), Long.class);
        assertSame(first, shape(List.of(ShapeTemplate.class), String.class));
        shape(List.of(ShapeTemplate.class), Short.class);
        assertSame(first, shape(List.of(ShapeTemplate.class), String.class));
        assertNotSame(second, shape(List.of(ShapeTemplate.class), Integer.class));
    }

    @Test
    void templatesMayBeSharedByAllShapes() throws Throwable {
        ShapeClasses shared = new ShapeClasses(false, 3);
        MethodHandle ofText = shared.factoriesFor(LOOKUP, NAMED, List.of(ShapeTemplate.class), List.of(String.class))
                .get(0);
        assertSame(ShapeTemplate.class, made(ofText));
    }

    @Test
    void aTemplateWithoutTheConstructorIsRefused() {
        MethodType numbered = MethodType.methodType(Object.class, Integer.class);
        assertThrows(
                IllegalStateException.class,
                () -> classes.factoriesFor(LOOKUP, numbered, List.of(ShapeTemplate.class), List.of(String.class)));
    }
}
