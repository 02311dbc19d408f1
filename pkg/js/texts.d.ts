/** The widget's texts in English in the order it wants them, made when the package is put together. */
declare const texts: string[];
export default texts;
