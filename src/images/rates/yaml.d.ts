/** The build and the tests put the file's text in its place. */
declare module '*.yaml' {
  const text: string;
  export default text;
}
