/** The verbs with which the guide asks for something, as a regular expression's alternatives. */
export const demandVerb = '(?:提供|提交|携带|准备|填写|填报|出示|上传|上报|递交|报送)'

/** The words that make one of them an obligation ("还需", "应当"), as a regular expression. */
export const obligation = '(?:还|均|另|也)?(?:需要|应当|需|应|须|请)'
