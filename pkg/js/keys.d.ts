/** Keys of the widget's texts in the order it wants them, made when the package is put together. */
declare const keys: string[];
export default keys;
